"""What is owed: plan items, duties, agencies through time, deadlines."""
