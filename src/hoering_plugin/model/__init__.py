"""The values that travel from a case to a letter. They know nothing of the stages that make and use them."""
