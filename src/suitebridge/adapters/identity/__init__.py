"""Who somebody is: passwords, and the framework's sign-in by company, user id and password."""
