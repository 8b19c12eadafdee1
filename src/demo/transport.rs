//! The console's way to the fleet in its own page.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use super::link::Link;
use super::page::Page;
use super::site::{Came, Site};
use crate::array::{BODY_LIMIT, Request, Response, Transport, TransportFailure};

/// Under which names the story and its clock are kept.
const STORY: &str = "array-console-story";
const CLOCK: &str = "array-console-clock";
/// Stands there while a story is being told again: where it still stands, that has ended the page.
const TELLING: &str = "array-console-telling";

/// A fleet in the page; as cheap to copy as a pointer.
#[derive(Clone)]
pub struct Demonstration(Rc<Inside>);

struct Inside {
    site: RefCell<Site>,
    page: Rc<dyn Page>,
    /// How long the story was when it was kept last; `None` when it is kept no longer.
    kept: Cell<Option<usize>>,
    notices: RefCell<Vec<String>>,
}

impl Demonstration {
    /// The fleet of the link: where it stood, when this tab has shown it before, or else at its beginning.
    pub fn open(link: &Link, page: Rc<dyn Page>) -> Demonstration {
        let now = page.now();
        let mut notices = Vec::new();
        let resumed = resumed(link, &*page, now).unwrap_or_else(|trouble| {
            notices.push(format!("The story of this tab could not be told again: {trouble}. It begins anew."));
            None
        });
        let (site, trouble) = resumed.unwrap_or_else(|| Site::begin(link, now));
        notices.extend(trouble);
        let inside =
            Inside { site: RefCell::new(site), page, kept: Cell::new(Some(0)), notices: RefCell::new(notices) };
        let demonstration = Demonstration(Rc::new(inside));
        demonstration.keep(now);
        demonstration
    }

    /// What a person should know: of the link, and of what is not kept.
    pub fn notices(&self) -> Vec<String> {
        self.0.notices.borrow().clone()
    }

    /// Forgets what was kept: a reload begins at the beginning.
    pub fn forget(&self) {
        self.0.kept.set(None);
        for name in [STORY, CLOCK] {
            self.0.page.forget(name);
        }
    }

    async fn answered(self, request: Request) -> Result<Response, TransportFailure> {
        let now = self.0.page.now();
        let came = self.0.site.borrow_mut().answer(&request, now);
        self.keep(now);
        match came {
            Came::Nothing => Err(TransportFailure::Broken),
            Came::Answer(answer, delay) => {
                if delay > 0 {
                    self.0.page.wait(delay).await;
                }
                if answer.body.len() > BODY_LIMIT { Err(TransportFailure::TooLarge) } else { Ok(answer) }
            }
        }
    }

    /// Keeps the clock, and the story when it has gone on.
    fn keep(&self, now: i64) {
        let Some(before) = self.0.kept.get() else { return };
        let site = self.0.site.borrow();
        let story = site.story();
        let is_new = story.text().len() != before;
        let page = &self.0.page;
        if !story.is_too_long()
            && page.keep(CLOCK, &site.time(now).to_string())
            && (!is_new || page.keep(STORY, story.text()))
        {
            self.0.kept.set(Some(story.text().len()));
            return;
        }
        self.forget();
        let why = if story.is_too_long() { "it has become too long" } else { "the browser keeps nothing more for it" };
        let words = format!("The story is kept no longer, because {why}: a reload begins at the beginning.");
        self.0.notices.borrow_mut().push(words);
    }
}

/// The fleet where it stood; `None` when this tab has not shown it before.
fn resumed(link: &Link, page: &dyn Page, now: i64) -> Result<Option<(Site, Option<String>)>, String> {
    let Some(story) = page.kept(STORY) else { return Ok(None) };
    let left = page.kept(CLOCK).and_then(|clock| clock.parse().ok()).unwrap_or(i64::MIN);
    let has_stopped = page.kept(TELLING).is_some();
    if has_stopped || !page.keep(TELLING, "") {
        page.forget(TELLING);
        return Err("the page stopped over it".to_owned());
    }
    let resumed = Site::resume(link, &story, left, now);
    page.forget(TELLING);
    resumed
}

impl Transport for Demonstration {
    fn send(&self, request: Request) -> Pin<Box<dyn Future<Output = Result<Response, TransportFailure>>>> {
        Box::pin(self.clone().answered(request))
    }
}
