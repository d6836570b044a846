EXAMPLES = {}


def example_form():
    return None
