"""Where somebody who was invited sets a password."""
