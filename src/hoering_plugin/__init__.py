"""Letters of consultation over draft dispensations, from what each ministry answers."""
