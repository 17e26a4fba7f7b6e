"""People who work in the back office: who they are, which side they speak for, what they may do."""
