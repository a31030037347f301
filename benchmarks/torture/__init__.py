"""The durability tests of `tests/safety`, whole: every system call, every ending, every check taken out once.

`python -m benchmarks.torture [PART ...]`; without a part, all of them. Takes about a quarter of an hour.
"""
