"""What is known of terms on boxes: enclosures, normal forms, signs, derivatives, limits, rates."""
