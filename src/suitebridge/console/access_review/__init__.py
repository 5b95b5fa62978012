"""The access review: who may come in, what they may, and who vouched for it."""
