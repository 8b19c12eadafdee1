//! Where a rule is written, or why it was inferred.

/// A document of the vendor's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The array's own API description (OpenAPI, release 4.1): the texts of fields, states and operations.
    ApiDescription,
    /// The guide "Importing External Storage to PowerStore", with the page of the stored edition.
    ImportGuide(u16),
    /// The REST API developers guide.
    DevelopersGuide,
    /// The reference page of the resource.
    ReferencePage,
    /// The reference of the data-protection jobs of a DataFabric Manager, first generation.
    JobReference,
    /// The same of the last generation.
    LaterJobReference,
}

impl Source {
    /// The name of the document, for tooltips and generated documents.
    pub fn title(self) -> &'static str {
        match self {
            Source::ApiDescription => "PowerStore REST API description 4.1",
            Source::ImportGuide(_) => "Importing External Storage to PowerStore",
            Source::DevelopersGuide => "PowerStore REST API Developers Guide",
            Source::ReferencePage => "PowerStore REST API Reference Guide",
            Source::JobReference => "DataFabric Manager API 3.6",
            Source::LaterJobReference => "DataFabric Manager API 5.2",
        }
    }
}

/// What one half of a rule rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Written in a document of the vendor's.
    Documented(Source),
    /// Concluded by us, with the reason. The array may know better.
    Inferred(&'static str),
}

impl Basis {
    /// True when the vendor says so.
    pub const fn is_documented(self) -> bool {
        matches!(self, Basis::Documented(_))
    }
}

/// The grounds of a transition: that the trigger is taken (or refused) here, and where it leads.
/// The two differ often: an operation's text names the states it wants and is silent on the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// That the trigger is possible, or refused, in these nodes.
    pub rule: Basis,
    /// That it leads to this outcome.
    pub outcome: Basis,
}

impl Evidence {
    /// Both halves are written in `source`.
    pub const fn documented(source: Source) -> Self {
        Evidence { rule: Basis::Documented(source), outcome: Basis::Documented(source) }
    }

    /// Both halves are ours.
    pub const fn inferred(why: &'static str) -> Self {
        Evidence { rule: Basis::Inferred(why), outcome: Basis::Inferred(why) }
    }

    /// The trigger is written in `source`, the outcome is ours.
    pub const fn outcome_inferred(source: Source, why: &'static str) -> Self {
        Evidence { rule: Basis::Documented(source), outcome: Basis::Inferred(why) }
    }

    /// The meaning of the state that is reached is written in `source`, the way into it is ours.
    pub const fn trigger_inferred(source: Source, why: &'static str) -> Self {
        Evidence { rule: Basis::Inferred(why), outcome: Basis::Documented(source) }
    }

    /// True when any half of it is the vendor's word.
    pub const fn touches_documents(self) -> bool {
        self.rule.is_documented() || self.outcome.is_documented()
    }
}
