"""Everything that is stored: tables, queries and the connection. It knows what is kept and how, never why."""
