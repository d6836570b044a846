"""What each task does, in words: rooms register theirs from `AppConfig.ready`."""

_words: dict[str, str] = {}


def register(task: str, words: str) -> None:
    """Say what a task does. Registering the same task again replaces its words."""
    _words[task] = words


def words_of(task: str) -> str:
    """What a task does; the last part of its name where nobody has said."""
    return _words.get(task, task.rpartition(".")[2].replace("_", " ").capitalize())


def known() -> dict[str, str]:
    """Every task that has words."""
    return dict(_words)
