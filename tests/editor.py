"""An editor with yaml-language-server, which is what Red Hat's YAML extension for VS Code talks to."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.tools import YAML_LANGUAGE_SERVER, needs


class Editor:
    """A window with a folder open, and the folder's own settings."""

    def __init__(self, folder: Path, server: subprocess.Popen[bytes]) -> None:
        self._folder, self._server = folder, server
        self._asked = 0
        self._marked: dict[str, list[str]] = {}
        path = folder / ".vscode" / "settings.json"
        settings = json.loads(path.read_text("utf-8")) if path.exists() else {}
        ours = {name.removeprefix("yaml."): value for name, value in settings.items() if name.startswith("yaml.")}
        self._yaml = {"validate": True, "hover": True, "completion": True, **ours, "schemaStore": {"enable": False}}
        root = {"uri": folder.as_uri(), "name": folder.name}
        document = {"hover": {"contentFormat": ["markdown"]}, "completion": {"completionItem": {}}}
        capabilities = {"workspace": {"configuration": True, "workspaceFolders": True}, "textDocument": document}
        self._ask(
            "initialize",
            {"processId": None, "rootUri": root["uri"], "workspaceFolders": [root], "capabilities": capabilities},
        )
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": {"yaml": self._yaml}})

    def opened(self, name: str, text: str) -> list[str]:
        """What the editor marks in a file with a text."""
        document = {"uri": self._uri(name), "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        while document["uri"] not in self._marked:
            self._receive()
        return self._marked[str(document["uri"])]

    def offered(self, name: str, line: int, column: int) -> dict[str, str]:
        """What is offered at a place of an opened file, each with what it is said to mean; both are counted from 0."""
        answer = self._at("completion", name, line, column)
        return {each["label"]: _text(each.get("documentation", "")) for each in answer["items"]}

    def hovered(self, name: str, line: int, column: int) -> str:
        """What is shown when the pointer is held over a place."""
        answer = self._at("hover", name, line, column)
        return _text(answer["contents"]) if answer else ""

    def _at(self, what: str, name: str, line: int, column: int) -> Any:
        where = {"textDocument": {"uri": self._uri(name)}, "position": {"line": line, "character": column}}
        return self._ask(f"textDocument/{what}", where)

    def _uri(self, name: str) -> str:
        return (self._folder / name).as_uri()

    def _ask(self, method: str, params: dict[str, Any]) -> Any:
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": params})
        while (message := self._receive()).get("id") != self._asked or "method" in message:
            pass
        return message["result"]

    def _tell(self, method: str, params: dict[str, Any]) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._server.stdin is not None
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._server.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        """The server's next message; what it asks the editor is answered."""
        out = self._server.stdout
        assert out is not None
        size = 0
        while (line := out.readline().strip()) or not size:
            assert line or not self._server.poll(), "the server has ended"
            found = re.match(rb"Content-Length: ([0-9]+)", line)
            size = int(found[1]) if found else size
        message: dict[str, Any] = json.loads(out.read(size))
        params = message.get("params", {})
        if message.get("method") == "textDocument/publishDiagnostics":
            self._marked[params["uri"]] = [each["message"] for each in params["diagnostics"]]
        elif message.get("method") == "workspace/configuration":
            result = [self._yaml if each.get("section") == "yaml" else {} for each in params["items"]]
            self._send({"id": message["id"], "result": result})
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message


def _text(documentation: Any) -> str:
    return str(documentation["value"] if isinstance(documentation, dict) else documentation)


@contextmanager
def editor(folder: Path) -> Iterator[Editor]:
    """The editor with a folder open."""
    needs("node", "yaml-language-server")
    command = ["node", str(YAML_LANGUAGE_SERVER), "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        try:
            yield Editor(folder, server)
        finally:
            server.kill()
