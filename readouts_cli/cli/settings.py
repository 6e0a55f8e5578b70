"""The settings in force, gathered from options, variables and the config file."""

from __future__ import annotations

from readouts_cli.cli.session import Session, Setting
from readouts_cli.config import KEYS
from readouts_cli.location import locate


def settings(session: Session) -> dict[str, Setting]:
    """Every setting with its value and its origin."""
    config = session.config
    found = {name: session.configured(name) for name in KEYS}
    found |= {
        "library": session.library_setting._replace(value=str(session.library_location)),
        "colour": session.colour_setting,
        "pager": session.pager_setting,
        "today": _today(session),
    }
    origin = str(config.path)
    found |= {f"libraries.{name}": Setting(str(locate(place)), origin) for name, place in config.libraries.items()}
    found |= {f"styles.{part}": Setting(style, origin) for part, style in config.styles.items()}
    there = "exists" if config.path.exists() else "does not exist"
    return {"file": Setting(origin, there), **found}


def _today(session: Session) -> Setting:
    from readouts_cli.query.period_syntax import TODAY_VARIABLE, today

    fixed = TODAY_VARIABLE in session.environment.variables
    return Setting(str(today()), TODAY_VARIABLE if fixed else "the clock")
