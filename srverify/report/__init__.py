"""What people and machines read of an audit."""
