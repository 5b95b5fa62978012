"""One user: name, e-mail, activity, role, and how they get in."""
