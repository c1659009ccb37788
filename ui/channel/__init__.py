"""What goes down from the city to all counties: looked at before, published, and seen where it arrived."""
