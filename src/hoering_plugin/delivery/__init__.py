"""What becomes of finished letters: names, versions on disk, the manifest, and the check of what lies there."""
