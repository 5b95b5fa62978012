"""The connector's side of every case: the shipped workflows on the real engine, with nothing switched off."""
