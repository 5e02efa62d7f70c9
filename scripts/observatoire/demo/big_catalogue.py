"""The catalogue of data.gouv.fr at its real size, made as it is sent: what a harvest must bear."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from observatoire.demo.accounts import Account, Dataset, account
from observatoire.demo.datagouv import DataGouv
from observatoire.demo.datagouv_files import RESOURCES, WRITERS
from observatoire.demo.faces import Answer, Ask, Flow

ACCOUNTS = 6_000
FILES = 5
"""Files of a dataset, on average."""

DESCRIPTION = "Description assez longue, comme on en lit beaucoup. " * 40
BLOCK = 100
"""Lines sent at once."""


@dataclass
class BigCatalogue:
    """The bulk files for that many datasets, and the list of accounts by the API."""

    datasets: int
    day: str = "2022-12-31"

    @cached_property
    def accounts(self) -> list[Account]:
        """The publishers, each with as many datasets as the next one."""
        return [account(f"Commune {i}") for i in range(ACCOUNTS)]

    @cached_property
    def listed(self) -> DataGouv:
        """The accounts as the API lists them."""
        return DataGouv(self.accounts)

    def answer(self, ask: Ask) -> Answer:
        """One of the files, or a page of accounts."""
        if ask.path == "/api/1/organizations/":
            return self.listed.answer(ask)
        kind = RESOURCES.get(ask.path.rstrip("/").rpartition("/")[2], "")
        if kind == "organization":
            return Answer(200, WRITERS[kind]((), self.accounts, self.day), "text/csv")
        if kind in {"dataset", "resource"}:
            headers = {"ETag": f'"{kind}-{self.datasets}"'}
            if ask.headers.get("if-none-match") == headers["ETag"]:
                return Answer(304, headers=headers)
            return Answer(200, b"", "text/csv", headers, flow=Flow(lambda: self._lines(kind)))
        return Answer(404, b"{}")

    def _lines(self, kind: str) -> Iterator[bytes]:
        """The file, from one line of it under other names."""
        model = Dataset(formats=("csv",))
        one = DataGouv([account("Modèle", nb_jeux=1, like=model)])
        [entry] = one.entries
        text = WRITERS[kind](one.entries, one.accounts, self.day).decode()
        head, _, line = text.partition("\n")
        line = line.replace(" ;\nmis à jour", f" ;\n{DESCRIPTION}")
        yield f"{head}\n".encode()
        copies = FILES if kind == "resource" else 1
        for start in range(0, self.datasets, BLOCK):
            block = []
            for number in range(start, min(start + BLOCK, self.datasets)):
                owner = self.accounts[number % ACCOUNTS].id
                named = line.replace(entry.id, f"{number:024x}")
                block.append(named.replace(entry.account.id, owner) * copies)
            yield "".join(block).encode()
