"""From a draft and a Word template to a letter that is proved; docxtpl and Jinja live here only."""
