//! Author mode: the folder is watched, and what is served follows it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use amtsweg_dsl::Compiler;
use amtsweg_dsl::model::Language;
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::Sources;
use jiff::civil::Date;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc;

use super::folder::{Compiled, Folder, compile_again};
use super::read::FolderError;
use super::{Library, Shelf};

/// Editors write in several steps: this long nothing may happen before the folder is read.
const QUIET: Duration = Duration::from_millis(150);

/// Reads the folder anew and exchanges the shelf; answers with what it compiled to. What has not
/// changed since the compiler saw it last is not checked again.
///
/// # Errors
/// When the folder cannot be read; then everything stays as it was.
pub fn reload(
    library: &Library,
    folder: &Folder,
    language: Language,
    today: Date,
    compiler: &mut Compiler<'_>,
) -> Result<Compiled, FolderError> {
    let compiled = compile_again(compiler, folder, today)?;
    library.replace(Shelf::of_texts(&compiled, language, &library.shelf()));
    Ok(compiled)
}

/// Follows a folder until `report` is dropped. `report` is called after each change with what the
/// folder compiled to.
///
/// # Errors
/// When the machine cannot watch the folder.
pub fn watch(
    library: Arc<Library>,
    folder: &Path,
    language: Language,
    today: impl Fn() -> Date + Send + 'static,
    report: impl Fn(Result<Compiled, FolderError>) + Send + 'static,
) -> notify::Result<Watch> {
    let (changed, mut changes) = mpsc::channel::<()>(1);
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        let relevant = event
            .as_ref()
            .map_or(true, |event| !event.kind.is_access() && event.paths.iter().any(|path| concerns(path)));
        if relevant {
            // Where it is full, one that waits already is enough.
            let _ = changed.try_send(());
        }
    })?;
    watcher.watch(folder, RecursiveMode::Recursive)?;
    let folder = Folder::Path(folder.to_owned());
    let mut compiler = Compiler::new(Regions::shipped());
    let task = tokio::spawn(async move {
        while changes.recv().await.is_some() {
            while tokio::time::timeout(QUIET, changes.recv()).await.is_ok_and(|change| change.is_some()) {}
            let (library, folder, today) = (library.clone(), folder.clone(), today());
            let read = tokio::task::spawn_blocking(move || {
                let compiled = reload(&library, &folder, language, today, &mut compiler);
                (compiled, compiler)
            });
            match read.await {
                Ok((compiled, kept)) => {
                    compiler = kept;
                    report(compiled);
                }
                Err(error) => {
                    compiler = Compiler::new(Regions::shipped());
                    tracing::error!(%error, "the folder of forms was not read to its end");
                }
            }
        }
    });
    Ok(Watch { _watcher: watcher, task })
}

/// A folder (its files may have come or gone with it) or a file of forms.
fn concerns(path: &Path) -> bool {
    path.extension().is_none() || path.file_name().is_some_and(|name| Sources::takes(&name.to_string_lossy()))
}

/// Watching ends when this is dropped.
pub struct Watch {
    _watcher: RecommendedWatcher,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.task.abort();
    }
}
