//! Where the values lie for which the handles of [`super`] stand.
//!
//! A handle is one number, so that the closures of the page, which carry many of them, stay small, and
//! nothing in this file is written anew for every type. Leptos' owner keeps a [`Lease`] for each place: with
//! the part of the page that made it the value is let go, and its number never means another one.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::{ArcMemo, ArcTrigger, ArenaItem, Notify, Track};
use leptos::reactive::graph::ReactiveNode;

/// The lower bits say which place it is, the upper ones how many have had it before.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Place(u32);

/// So many bits for which place it is: no page has a million values at once.
const INDEX_BITS: u32 = 20;
const MOST: usize = 1 << INDEX_BITS;

/// What lies in a place.
struct Kept {
    /// Missing while it is being changed, and before it was computed for the first time.
    value: Option<Rc<dyn Any>>,
    follows: Follows,
}

/// Who is told when the value is another one.
#[derive(Clone)]
enum Follows {
    Nobody,
    /// Whoever has read it, when it is changed.
    Changes(ArcTrigger),
    /// Whoever has read it, when it was computed anew.
    Computes(ArcMemo<()>, Rc<dyn Compute>),
}

/// Computes the value of a place, whatever its type.
pub trait Compute {
    /// Computes it anew and leaves it in `place`; true when it is another one.
    fn compute(&self, place: Place) -> bool;
}

impl<T: PartialEq + 'static, F: Fn() -> T> Compute for F {
    fn compute(&self, place: Place) -> bool {
        place.settle(self())
    }
}

/// How a value is looked for.
#[derive(Clone, Copy)]
pub enum Look {
    /// As it is now, computed anew if need be.
    Now,
    /// As it is now; whoever looks is run again when it is another one.
    Following,
    /// As it was last.
    Last,
    /// As it was last; it is no longer there until it is put back.
    Away,
}

/// All places, and those of them that are free.
struct Places {
    all: Vec<(Place, Option<Kept>)>,
    free: Vec<Place>,
}

thread_local! {
    static PLACES: RefCell<Places> = const { RefCell::new(Places { all: Vec::new(), free: Vec::new() }) };
}

impl Places {
    fn take(&mut self, kept: Kept) -> Place {
        let Some(place) = self.free.pop() else { return self.add(kept) };
        if let Some(entry) = self.all.get_mut(place.index()) {
            *entry = (place, Some(kept));
        }
        place
    }

    fn add(&mut self, kept: Kept) -> Place {
        let index = self.all.len();
        // What finds no room is as if its part of the page had been left: there is no last place.
        let Some(place) = u32::try_from(index).ok().filter(|_| index + 1 < MOST).map(Place) else {
            return Place(u32::MAX);
        };
        self.all.push((place, Some(kept)));
        place
    }

    fn at(&mut self, place: Place) -> Option<&mut Kept> {
        self.all.get_mut(place.index()).filter(|(present, _)| *present == place)?.1.as_mut()
    }

    fn leave(&mut self, place: Place) -> Option<Kept> {
        let (_, kept) = self.all.get_mut(place.index()).filter(|(present, _)| *present == place)?;
        // A place that has had all the numbers it can have stays empty.
        self.free.extend(place.0.checked_add(1 << INDEX_BITS).map(Place));
        kept.take()
    }
}

/// Frees its place when Leptos lets it go.
struct Lease(Place);

impl Drop for Lease {
    fn drop(&mut self) {
        // What lay there may hold handles itself: it is dropped when nothing is borrowed any more.
        drop(PLACES.with_borrow_mut(|places| places.leave(self.0)));
    }
}

impl Place {
    fn index(self) -> usize {
        self.0 as usize % MOST
    }

    #[inline(never)]
    fn new(value: Option<Rc<dyn Any>>, follows: Follows) -> Place {
        let place = PLACES.with_borrow_mut(|places| places.take(Kept { value, follows }));
        ArenaItem::<Lease>::new(Lease(place));
        place
    }

    /// A place for a value that nobody follows.
    #[inline(never)]
    pub fn still(value: Rc<dyn Any>) -> Place {
        Place::new(Some(value), Follows::Nobody)
    }

    /// A place for a value that is followed.
    #[inline(never)]
    pub fn changing(value: Option<Rc<dyn Any>>) -> Place {
        Place::new(value, Follows::Changes(ArcTrigger::new()))
    }

    /// A place for a value that is computed when it is read for the first time, and anew when something that
    /// `compute` reads has changed.
    #[inline(never)]
    pub fn computed(compute: Box<dyn Compute>) -> Place {
        let place = Place::new(None, Follows::Nobody);
        let memo = ArcMemo::new_owning(move |_| ((), place.renew()));
        PLACES.with_borrow_mut(|places| {
            if let Some(kept) = places.at(place) {
                kept.follows = Follows::Computes(memo, compute.into());
            }
        });
        place
    }

    /// Computes the value; true when it is another one.
    fn renew(self) -> bool {
        let Some(Follows::Computes(_, compute)) = self.follows() else { return false };
        compute.compute(self)
    }

    /// Puts a value there unless it is the one that was there; true when it is another one.
    #[inline(never)]
    fn settle<T: PartialEq + 'static>(self, now: T) -> bool {
        let is_same = self.value::<T>(Look::Last).is_some_and(|before| *before == now);
        if !is_same {
            self.put(Rc::new(now));
        }
        !is_same
    }

    fn follows(self) -> Option<Follows> {
        PLACES.with_borrow_mut(|places| places.at(self).map(|kept| kept.follows.clone()))
    }

    /// Whoever calls this is run again when the value is another one.
    pub fn track(self) {
        let _ = self.find(Look::Following);
    }

    /// The value; `None` when the part of the page that held it was left, and while it is being changed. All
    /// that knows its type is here, once for each type.
    #[inline(never)]
    pub fn value<T: 'static>(self, look: Look) -> Option<Rc<T>> {
        self.find(look)?.downcast().ok()
    }

    #[inline(never)]
    fn find(self, look: Look) -> Option<Rc<dyn Any>> {
        let following = matches!(look, Look::Following);
        if following || matches!(look, Look::Now) {
            match self.follows()? {
                Follows::Changes(trigger) if following => trigger.track(),
                Follows::Computes(memo, _) => {
                    if following {
                        memo.track();
                    }
                    memo.update_if_necessary();
                }
                _ => {}
            }
        }
        PLACES.with_borrow_mut(|places| {
            let value = &mut places.at(self)?.value;
            if matches!(look, Look::Away) { value.take() } else { value.clone() }
        })
    }

    /// Puts a value there, and tells nobody.
    #[inline(never)]
    pub fn put(self, value: Rc<dyn Any>) {
        // The former value may hold handles itself: it is dropped when nothing is borrowed any more.
        drop(PLACES.with_borrow_mut(|places| places.at(self).map(|kept| kept.value.replace(value))));
    }

    /// Runs whoever has read the value.
    #[inline(never)]
    pub fn tell(self) {
        if let Some(Follows::Changes(trigger)) = self.follows() {
            trigger.notify();
        }
    }
}
