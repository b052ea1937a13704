"""A chat page served by the program itself: the demo's, and the double that tests talk to."""
