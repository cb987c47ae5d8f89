; inherits: ron
