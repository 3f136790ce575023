import typer
app = typer.Typer(rich_markup_mode=None)
@app.command(help="x")
def render() -> int: return 0
