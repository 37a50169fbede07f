use super::*;

#[test]
fn a_second_file_of_the_same_name_gets_a_number() {
    assert_eq!(numbered(Path::new("a/b.tiderun"), 2), Path::new("a/b-2.tiderun"));
}

#[test]
fn a_growing_file_is_sealed_in_its_place_and_never_replaces_another() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.tiderun");
    let mut growing = Growing::create(&path).unwrap();
    growing.append(b"first ");
    growing.append(b"second");
    assert_eq!(std::fs::read(&path).unwrap(), b"first second");
    assert_eq!(growing.trouble, None);
    growing.seal(b"sealed").unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"sealed");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    assert!(Growing::create(&path).is_err());
}

#[test]
fn what_can_not_be_written_waits_and_is_written_whole_later() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.tiderun");
    let mut growing = Growing::create(&path).unwrap();
    growing.append(b"first ");
    // A handle that only reads stands for a disk that takes nothing.
    let writable = std::mem::replace(&mut growing.file, File::open(&path).unwrap());
    growing.append(b"second ");
    assert!(growing.trouble.is_some());
    assert_eq!(std::fs::read(&path).unwrap(), b"first ");
    growing.file = writable;
    growing.append(b"third");
    assert_eq!(growing.trouble, None);
    assert_eq!(std::fs::read(&path).unwrap(), b"first second third");
}

#[test]
fn waiting_pieces_are_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.tiderun");
    let mut growing = Growing::create(&path).unwrap();
    growing.file = File::open(&path).unwrap();
    let piece = vec![0; MOST_WAITING / 4];
    (0..10).for_each(|_| growing.append(&piece));
    assert!(growing.waiting.len() <= MOST_WAITING);
}
