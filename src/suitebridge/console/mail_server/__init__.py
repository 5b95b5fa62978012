"""The form of the mail server that notifications leave through."""
