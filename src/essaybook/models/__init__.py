"""Small models to think with. They know no history: whoever uses one says what its numbers stand for."""
