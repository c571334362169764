"""The command line: `fanlight rule | check | test` need no database and no settings; any other word is the shell's."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NoReturn, ParamSpec, TypeVar

from fanlight.packs import (
    called,
    landlord_ids,
    policy_files,
    read_policy_file,
    read_text,
    requirements_beside,
    succession_for,
    succession_in,
)
from fanlight.places import policies_folder
from fanlight.policy import (
    Fault,
    Faults,
    Policy,
    Succession,
    advise,
    permit,
    read_entry,
    read_proposal,
    read_story,
    read_toml,
    rule,
    unaccounted,
)
from fanlight.policy.clock import read_moment
from fanlight.policy.faults import nearest_or_list
from fanlight.policy.procedure import as_markdown, page_of, vocabulary_as_markdown
from fanlight.policy.scenarios import Scenarios, read_scenarios
from fanlight.policy.vocabulary import ROLES, VERSION_1
from fanlight.present import present

BAD_INPUT = 2

MANUAL = """\
fanlight rule POLICY STORY [--at MOMENT] [--propose ENTRY]   print the ruling of a story as JSON
fanlight check [FILE…]                                       check policy files; say what is wrong
fanlight check --deploy                                      check the settings of an installation
fanlight test [FILE…]                                        run scenario files; say which fail and why
fanlight page POLICY                                         print a policy clause by clause, as Markdown
fanlight words                                               print the words that a policy may use, as Markdown
fanlight make_keys FILE                                      make a master key, which the product's start asks for

POLICY   connect (the landlord's versions), connect/2 (that version alone), or a file
STORY    a JSON or TOML file, or - for JSON on standard input
MOMENT   2026-11-24T12:00 (Europe/London), or with an offset
ENTRY    an entry as JSON

fanlight help                                                the commands that need a database
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """This function will carry out a command and give its exit status: 0 done, 1 faults found, 2 bad input."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    # Written with a hyphen or with an underscore, a command is the same.
    words[:1] = [word if word.startswith("-") else word.replace("-", "_") for word in words[:1]]
    engine = {
        "rule": _rule,
        "check": _check,
        "test": _test,
        "page": _page,
        "words": _words,
        "make_keys": _make_keys,
    }
    if not words or words[0] in ("-h", "--help"):
        print(MANUAL, end="")
        return 0
    # Django's own check of the settings has the same name: it is asked for by what it looks at.
    if words[0] not in engine or words[:2] == ["check", "--deploy"]:
        return _shell(words)
    try:
        status = engine[words[0]](words[1:])
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        # Whoever read us has had enough; nothing is left to say, and nothing may be flushed at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Faults as found:
        return _say(found.faults)
    except FileNotFoundError as error:
        return _say([Fault("policies", f"{error}.")])
    except OSError as error:
        return _say([Fault(str(error.filename or "policies"), f"It cannot be read: {error.strerror}.")])


def _shell(words: list[str]) -> int:
    if words[0] == "demo":
        os.environ.setdefault("FANLIGHT_DEMO", "true")
        os.environ.setdefault("FANLIGHT_SECOND_FACTOR", "optional")
    from fanlight.casework.commands import run  # late: the engine's commands need no Django

    return run(words)


class _Parser(argparse.ArgumentParser):
    """Says what it does not understand as a fault, on one line, like everything else that is wrong."""

    def __init__(self, prog: str, description: str) -> None:
        super().__init__(prog=prog, description=description, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        raise Faults([Fault(self.prog, f"{message[:1].upper()}{message[1:]}.", f"See {self.prog} --help.")])


def _say(faults: Sequence[Fault], status: int = BAD_INPUT) -> int:
    for fault in faults:
        print(fault, file=sys.stderr)
    return status


# ── rule ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _rule(words: list[str]) -> int:
    parser = _Parser(prog="fanlight rule", description="Print the ruling of a story as JSON.")
    parser.add_argument("policy", metavar="POLICY")
    parser.add_argument("story", metavar="STORY")
    parser.add_argument("--at", metavar="MOMENT", help="the moment to rule for; now unless given")
    parser.add_argument("--propose", metavar="ENTRY", help="an entry, as JSON, that may be made then")
    options = parser.parse_args(words)
    faults: list[Fault] = []
    policy = _or_faults(faults, _policy_named, options.policy)
    now = _or_faults(faults, _moment_named, options.at)
    said = _or_faults(faults, _story_data, options.story)
    proposal = _or_faults(faults, _json, options.propose, "--propose") if options.propose is not None else None
    story, proposed = None, None
    if policy is not None and said is not None:
        where = "story" if options.story == "-" else options.story
        story = _or_faults(faults, read_story, said, policy.vocabulary, where)
    if policy is not None and proposal is not None and now is not None:
        if story is not None:
            proposed = _or_faults(faults, read_proposal, proposal, policy.vocabulary, story, now)
        else:
            # What it answers cannot be looked up; everything else that is wrong with it can be told.
            _or_faults(faults, read_entry, proposal, policy.vocabulary, "e", default_at=now, where="proposed entry")
    if faults or policy is None or now is None or story is None:
        return _say(faults)
    ruling = rule(policy, story, now).as_json()
    if proposed is not None:
        ruling["advice"] += [advice.as_json() for advice in advise(policy, story, proposed.kind, now)]
        ruling["refusals"] = [refusal.as_json() for refusal in permit(policy, story, proposed, now)]
    print(json.dumps(ruling, indent=2))
    return 0


Asked = ParamSpec("Asked")
Found = TypeVar("Found")


def _or_faults(
    faults: list[Fault], read: Callable[Asked, Found], *args: Asked.args, **kwargs: Asked.kwargs
) -> Found | None:
    """Read, or else add what is wrong to the faults, so that all of them are told at once."""
    try:
        return read(*args, **kwargs)
    except Faults as found:
        faults.extend(found.faults)
        return None


def _moment_named(text: str | None) -> datetime:
    if text is None:
        return present()
    moment = read_moment(text)
    if moment is None:
        raise Faults([Fault("--at", f"'{text}' is not a moment.", "Write it like 2026-11-24T12:00.")])
    return moment


def _policy_named(name: str) -> Policy | Succession:
    if name in (known := landlord_ids()):
        return succession_for(name)
    landlord, _, version = name.partition("/")
    if landlord in known and version and not name.endswith(".toml"):
        versions = {policy.version: policy for policy in succession_for(landlord).versions}
        if version in versions:
            return versions[version]
        if not _is_file(name):
            raise Faults([Fault(name, f"{landlord} has no version '{version}'.", nearest_or_list(version, versions))])
    if Path(name).suffix == ".toml" or _is_file(name):
        return read_policy_file(Path(name))
    raise Faults([Fault(name or "POLICY", "There is no such policy.", nearest_or_list(name, known))])


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except OSError:  # a name too long for a file, a folder that may not be read
        return False


def _story_data(name: str) -> object:
    if name == "-":
        try:
            text = sys.stdin.read().removeprefix("\ufeff")
        except UnicodeDecodeError:
            raise Faults([Fault("standard input", "It is not UTF-8 text.")]) from None
        except (OSError, AttributeError):  # closed: Python has no standard input then
            raise Faults([Fault("standard input", "It cannot be read.")]) from None
        return _json(text, "standard input")
    text = read_text(Path(name))
    if Path(name).suffix.lower() != ".toml":
        return _json(text, name)
    return read_toml(text, name)


def _json(text: str, where: str) -> object:
    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        table: dict[str, object] = {}
        for name, value in pairs:
            if name in table:
                raise Faults([Fault(where, f"'{name}' is said twice in one entry.", "Keep one of them.")])
            table[name] = value
        return table

    try:
        data: object = json.loads(text, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise Faults([Fault(where, f"It cannot be read as JSON: {error.msg}.", line=error.lineno)]) from None
    except (RecursionError, ValueError):
        raise Faults(
            [Fault(where, "It cannot be read as JSON: it is nested too deeply, or a number is too long.")]
        ) from None
    if data is None:
        raise Faults([Fault(where, "It is null, which says nothing.")])
    return data


# ── check ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _check(words: list[str]) -> int:
    parser = _Parser(prog="fanlight check", description="Check policy files, and say what is wrong.")
    parser.add_argument("files", metavar="FILE", nargs="*", help="policy files; all that are installed unless given")
    options = parser.parse_args(words)
    paths = [Path(name) for name in options.files] or _every_policy_file()
    faults: list[Fault] = []
    for path in paths:
        found = _faults_of(path)
        if not found:
            print(f"{called(path)}: sound")
        faults.extend(found)
    if not options.files:
        faults.extend(_faults_of_successions({path.parent.name for path in paths}, faults))
        faults.extend(_faults_of_instruments())
        faults.extend(_faults_of_sharing())
        faults.extend(_faults_of_plan_forms())
        faults.extend(_faults_of_referrals())
    return _say(faults, status=1) if faults else 0


def _every_policy_file() -> list[Path]:
    return [path for landlord in landlord_ids() for path in policy_files(policies_folder() / landlord)]


def _faults_of(path: Path) -> list[Fault]:
    try:
        policy = read_policy_file(path)
        requirements = requirements_beside(path)
    except Faults as found:
        return list(found.faults)
    return unaccounted(policy, requirements, called(path)) if requirements is not None else []


def _faults_of_successions(landlords: set[str], known: Sequence[Fault]) -> list[Fault]:
    faults: list[Fault] = []
    for landlord in sorted(landlords):
        try:
            succession_for(landlord)
        except Faults as found:
            faults.extend(fault for fault in found.faults if fault not in known)
    return faults


def _faults_of_plan_forms() -> list[Fault]:
    from fanlight.casework.plan_forms import file_faults  # late: only a check asks for them

    return [Fault(*fault) for fault in file_faults(landlord_ids())]


def _faults_of_sharing() -> list[Fault]:
    from fanlight.casework.sharing import SharingFault, laws  # late: only a check asks for it

    try:
        laws()
    except SharingFault as wrong:
        told = [line.partition(": ") for line in str(wrong).splitlines()]
        return [
            Fault(where, f"{says[:1].upper()}{says[1:]}", "The head of the file says how.") for where, _, says in told
        ]
    return []


def _faults_of_referrals() -> list[Fault]:
    from fanlight.casework.referring import file_faults  # late: only a check asks for them

    return [Fault(*fault) for fault in file_faults(landlord_ids(), _kinds_of_service)]


def _kinds_of_service(landlord: str) -> set[str]:
    """The kinds of service of a landlord's policies; none where one of them cannot be read, which is told already."""
    try:
        succession = succession_for(landlord)
    except Faults:
        return set()
    return {kind for policy in succession.versions for kind in policy.vocabulary.services}


def _faults_of_instruments() -> list[Fault]:
    """What is wrong with the instruments of each landlord; what is no fault and may be meant otherwise is printed as a remark."""
    from fanlight.casework import instruments  # late: only a check asks for them
    from fanlight.casework.landlords import LandlordFault, LandlordSettings, settings_of

    known: dict[str, LandlordSettings] = {}
    for landlord in landlord_ids():
        with suppress(LandlordFault):  # the shell's own check says what is wrong there
            known[landlord] = settings_of(landlord)
    roles = {*ROLES, *(role for settings in known.values() for role in settings.roles)}
    areas = {area for settings in known.values() for area in settings.areas}
    wrong: dict[tuple[str, str], Fault] = {}
    remarks: set[tuple[str, str]] = set()
    for landlord, settings in known.items():
        try:
            every = instruments.instruments_of(landlord)
            offered = settings.instruments or _named_by_policies(landlord)
            own = [one for one in every if instruments.is_own(one, landlord)]
            found = [
                *instruments.not_to_be_used(landlord, settings.instruments, settings.roles),
                *instruments.misnamed(own, {*ROLES, *settings.roles}, {*settings.areas}),
                *instruments.misnamed([one for one in every if one not in own], roles, areas),
            ]
            remarks |= {*instruments.left_to_us(landlord, offered)}
        except instruments.InstrumentFaults as faults:
            found = list(faults.faults)
        # What is wrong with one that is for all is told once.
        wrong |= {fault: Fault(*fault) for fault in found}
    for where, says in sorted(remarks):
        print(f"{where}: no fault, but look: {says}")
    return list(wrong.values())


def _named_by_policies(landlord: str) -> tuple[str, ...]:
    """The instruments that a landlord's policies name; none where one of them cannot be read, which is told already."""
    try:
        return tuple(policy.instrument for policy in succession_for(landlord).versions if policy.instrument)
    except Faults:
        return ()


# ── test ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _test(words: list[str]) -> int:
    parser = _Parser(prog="fanlight test", description="Run scenario files; say which fail and why.")
    parser.add_argument("files", metavar="FILE", nargs="*", help="scenario files; all that are installed unless given")
    options = parser.parse_args(words)
    paths = [Path(name) for name in options.files] or sorted(policies_folder().glob("*/scenarios/*.toml"))
    found: list[tuple[Path, Scenarios, Policy | Succession]] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            scenarios = read_scenarios(read_text(path), called(path))
            policy = _policy_named(scenarios.policy) if scenarios.policy else _beside(path)
        except Faults as wrong:
            faults.extend(wrong.faults)
        else:
            found.append((path, scenarios, policy))
    if faults:
        return _say(faults)
    failed = passed = 0
    for path, scenarios, policy in found:
        for scenario in scenarios.all:
            if failures := scenario.failures(policy):
                failed += 1
                print(f"{called(path)}: {scenario.name}")
                for failure in failures:
                    print(f"    {failure}")
            else:
                passed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


# ── page ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _page(words: list[str]) -> int:
    parser = _Parser(prog="fanlight page", description="Print a policy clause by clause, as Markdown.")
    parser.add_argument("policy", metavar="POLICY")
    options = parser.parse_args(words)
    policy = _policy_named(options.policy)
    if isinstance(policy, Succession):
        policy = policy.in_force_at(present()) or policy.versions[-1]
    requirements = requirements_beside(policies_folder() / policy.landlord_id / "any.toml") or ()
    print(as_markdown(page_of(policy, requirements)), end="")
    return 0


def _words(words: list[str]) -> int:
    _Parser(prog="fanlight words", description="Print the vocabulary as Markdown.").parse_args(words)
    print(vocabulary_as_markdown(VERSION_1), end="")
    return 0


def _beside(path: Path) -> Succession:
    """The versions that a file of scenarios stands beside, where it names no policy."""
    folder = path.resolve().parent
    if folder.name != "scenarios" or not policy_files(folder.parent):
        raise Faults([Fault(called(path), "It does not say which policy it tests.", 'Write policy = "connect/2".')])
    return succession_in(folder.parent)


# ── make_keys ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _make_keys(words: list[str]) -> int:
    from fanlight.casework.keys.master import make_master_key  # late: the engine's commands need no cryptography

    parser = _Parser(prog="fanlight make_keys", description="Make a master key, above those that the file holds.")
    parser.add_argument("file", metavar="FILE")
    file = Path(parser.parse_args(words).file)
    try:
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        new = file.with_name(f"{file.name}.new")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as written:
            written.write(f"{make_master_key()}\n{before}")
            written.flush()
            os.fsync(written.fileno())
        new.replace(file)
    except OSError as error:
        raise Faults([Fault(str(file), f"It cannot be written: {error.strerror}.")]) from error
    if before:
        print(f"{file} begins with a new master key; the older ones stand below it. Run `fanlight rotate_keys` next.")
    else:
        print(f"{file} holds a new master key. Without it nothing can be read: keep a copy apart from every backup.")
    return 0
