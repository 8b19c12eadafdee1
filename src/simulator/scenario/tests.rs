use proptest::prelude::*;

use super::*;

const WHOLE: &str = "\
# A comment.
title A title with \"quotes\"
summary One,
summary and two.
fleet seed 5
fleet imports 0
fleet speed 60
fleet time 2026-11-21T08:00:00Z
fleet release dublin 4.0.0.0
setup frankfurt host h1 Linux
after 5 minutes then fault dublin slow delay_ms=100

step First
> One
> line.
>
> Another one.
show dfm protection-jobs \"Some data\" mirror
do frankfurt imports a create type=Agentless source_resource_id=\"a b\"
event dfm protection-jobs \"Some data\" mirror requested
when frankfurt imports a is Queued or Failed then clear frankfurt slow
until frankfurt imports a is not Queued
until 90 seconds
within 2 hours

step Second
finally frankfurt imports a is gone
finally dfm protection-jobs \"Some data\" mirror is completed/success
";

/// The reason that a text is refused for, with its line.
fn refused(text: &str) -> (u32, String) {
    let broken = read("mine", text).unwrap_err();
    assert_eq!(broken.file, "mine.scenario");
    (broken.line, broken.reason)
}

#[test]
fn reads_what_the_form_allows() {
    let read = read("mine", WHOLE).unwrap();
    assert_eq!((read.title.as_str(), read.summary.as_str()), ("A title with \"quotes\"", "One, and two."));
    assert_eq!((read.options.seed, read.options.imports, read.options.failures), (5, 0, 0));
    assert_eq!((read.speed, read.setup.len(), read.hooks.len(), read.finally.len()), (Some(60.0), 1, 1, 2));
    let [first, second] = read.steps.as_slice() else { panic!("{:?}", read.steps) };
    assert_eq!(first.narration, "One line.\n\nAnother one.");
    assert_eq!((first.doings.len(), first.hooks.len(), first.until.len()), (2, 1, 2));
    assert_eq!((first.within, second.heading.as_str()), (Some(7_200_000), "Second"));
    assert_eq!(read.finally[1].of.to_string(), "dfm protection-jobs \"Some data\" mirror");
    assert_eq!(super::read::heading(WHOLE), (read.title, read.summary));
}

#[test]
fn says_the_line_and_the_reason_of_what_is_wrong() {
    for (line, part) in [
        ("tittle A story", "no beginning of a line"),
        ("title", "needs some words"),
        ("title Again", "a title already"),
        ("show dfm \"protection", "not closed"),
        ("fleet seed 1", "before the first step"),
        ("show paris", "no array \"paris\""),
        ("show frankfurt jobs", "no sessions in \"jobs\""),
        ("show dublin protection-jobs", "no sessions in"),
        ("do frankfurt imports", "the name of the session is missing"),
        ("do frankfurt imports a", "the action is missing"),
        ("do frankfurt imports a fly", "no action \"fly\""),
        ("do dfm protection-jobs d purge", "no type of job"),
        ("do dfm protection-jobs d mirror purge", "no action \"purge\""),
        ("event frankfurt imports a rain", "no event \"rain\""),
        ("event frankfurt imports a set_up_done now", "nothing is expected"),
        ("fault frankfurt flood", "no fault \"flood\""),
        ("clear frankfurt flood", "no fault \"flood\""),
        ("until frankfurt imports a", "\"is\" is missing"),
        ("until frankfurt imports a was Queued", "\"is\" is expected here, not \"was\""),
        ("until frankfurt imports a is Quened", "no state \"Quened\""),
        ("until frankfurt imports a is Queued or", "a state is missing"),
        ("until dublin imports a is Source", "no state \"Source\""),
        ("until 5 fortnights", "no unit of time"),
        ("until 9999999 hours", "at most"),
        ("within soon", "must be a whole number"),
        ("when frankfurt imports a is Queued event x", "\"then\" is expected"),
        ("after 1 minute then do frankfurt imports a pause", "what a person does"),
        ("after 1 minute then show dublin", "cannot happen by itself"),
        ("show dublin imports a b", "nothing is expected"),
        ("show dublin imports a\nshow dublin imports a", "shows something already"),
    ] {
        let text = WHOLE.replacen("step Second\n", &format!("step Second\n{line}\n"), 1);
        let at = 27 + u32::try_from(line.matches('\n').count()).unwrap();
        let (found, reason) = refused(&text);
        assert!(found == at && reason.contains(part), "{line}: line {found}: {reason}");
    }
    for (line, part) in [
        ("> Nobody is there yet.", "belongs to a step"),
        ("do frankfurt imports a pause", "belongs to a step"),
        ("fleet size 3", "no \"size\""),
        ("fleet imports many", "whole number"),
        ("fleet imports 100001", "at most 100000"),
        ("fleet failures 1001", "at most 1000"),
        ("fleet speed -1", "speed must be"),
        ("fleet time noon", "no time"),
        ("fleet release dublin new", "no release"),
        ("setup frankfurt house h", "cannot be set up"),
        ("setup frankfurt dataset d 1 TB policy Mirror", "has no dataset"),
        ("setup dfm source d 1 TB on X", "has no source"),
        ("setup frankfurt source v 1 GB at X", "\"on\" is expected"),
        ("setup frankfurt source v 0 GB on X", "at least 1 GB"),
        ("setup frankfurt replication v 1 GB every Day", "no recovery point objective"),
    ] {
        let (found, reason) = refused(&WHOLE.replacen("fleet seed 5", line, 1));
        assert!(found == 5 && reason.contains(part), "{line}: line {found}: {reason}");
    }
    for keyword in ["title ", "summary ", "finally "] {
        let text: String =
            WHOLE.lines().filter(|line| !line.starts_with(keyword)).map(|line| format!("{line}\n")).collect();
        let (found, reason) = refused(&text);
        assert!(found > 20 && reason.contains(keyword.trim()), "{reason}");
    }
    let (found, reason) = refused(&format!("{WHOLE}step Third\n"));
    assert!(found == 29 && reason.contains("after \"finally\""), "{found}: {reason}");
    assert!(refused(&"#\n".repeat(60_000)).1.contains("longer than"));
}

#[test]
fn the_scenarios_that_come_along_are_read_and_found_by_their_names() {
    for (name, text) in SCENARIOS {
        let found = named(&format!("{name}{ENDING}")).unwrap();
        assert_eq!(found, read(name, text).unwrap());
        assert_eq!(super::read::heading(text), (found.title, found.summary));
    }
    let unknown = named("flood").unwrap_err().to_string();
    assert!(unknown.contains("no scenario flood") && unknown.contains("disaster"), "{unknown}");
}

#[test]
fn every_fault_that_a_scenario_may_name_is_known_to_the_door() {
    for name in crate::simulator::fault::NAMES {
        let mut fleet = crate::simulator::Fleet::new(crate::simulator::Options::default());
        let array = if name == "forget_iterators" { "dfm" } else { "frankfurt" };
        let body = serde_json::json!({ "array": array, "fault": name });
        let start = fleet.options().start;
        if let Err(words) = crate::simulator::control::happen(&mut fleet, start, "fault", body) {
            assert!(words.contains("missing"), "{name}: {words}");
        }
    }
}

/// Words of the form.
const WORDS: &str = "title fleet seed setup step > show do event fault clear when after until within finally frankfurt \
                     dublin dfm imports replications protection-jobs file-imports is not or then Queued OK \
                     mirror create cancel = a=b \" 5 18446744073709551616 minutes hours GB on every policy source metro";

/// Lines such as people write by mistake: words of the form in any order, and anything else.
fn line() -> impl Strategy<Value = String> {
    let word =
        prop_oneof![proptest::sample::select(WORDS.split(' ').collect::<Vec<_>>()).prop_map(str::to_owned), ".{0,6}",];
    proptest::collection::vec(word, 0..9).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(lines in proptest::collection::vec(line(), 0..12)) {
        if let Err(broken) = read("mine", &lines.join("\n")) {
            prop_assert!(broken.line >= 1 && broken.line as usize <= lines.join("\n").lines().count().max(1));
            prop_assert!(!broken.reason.is_empty());
        }
    }

    #[test]
    fn no_change_of_a_real_scenario_makes_it_panic(
        which in 0..SCENARIOS.len(),
        at in any::<proptest::sample::Index>(),
        new in line(),
        kind in 0..4,
    ) {
        let mut lines: Vec<&str> = SCENARIOS[which].1.lines().collect();
        let place = at.index(lines.len());
        let half = lines[place].char_indices().nth(lines[place].chars().count() / 2).map_or(0, |(place, _)| place);
        match kind {
            0 => lines[place] = &new,
            1 => lines.insert(place, &new),
            2 => _ = lines.remove(place),
            _ => lines[place] = &lines[place][..half],
        }
        if let Ok(scenario) = read("mine", &lines.join("\n")) {
            let mut fleet = crate::simulator::Fleet::new(crate::simulator::Options { imports: 0, ..Default::default() });
            // It may not fit the fleet, but then it says so; nor may the way through it end otherwise.
            if fleet.play(0, scenario, Some(1), Some(0.0)).is_ok() {
                for _ in 0..3 {
                    let _ = super::play::next(&mut fleet, 0);
                }
            }
        }
    }
}
