"""What readers do with their own address: follow, see everything under it, take it along, erase it."""
