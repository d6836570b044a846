"""The keys that sign seals: made once, readable by their owner alone, and kept when another takes over."""

import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from upheld.cases.keys import KEY_FILE, BadSealKey, NoSealKey, make_key, public_keys, signing_key, trusted_keys


def test_a_key_signs_and_its_public_half_knows_its_hand(tmp_path: Path) -> None:
    made = make_key(tmp_path / "keys")
    kept = signing_key(tmp_path / "keys")
    assert kept.fingerprint == made.fingerprint
    (trusted,) = trusted_keys(tmp_path / "keys").items()
    assert trusted[0] == made.fingerprint
    assert trusted[1].signed(b"what was said", kept.sign(b"what was said"))
    assert not trusted[1].signed(b"something else", kept.sign(b"what was said"))


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    make_key(tmp_path / "keys")
    path = tmp_path / "keys" / KEY_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    path.chmod(0o640)
    with pytest.raises(BadSealKey, match=f"can be read by others than its owner. Put that right: chmod 600 {path}"):
        signing_key(tmp_path / "keys")


def test_a_key_is_not_replaced_unless_that_is_asked_and_then_its_public_half_stays(tmp_path: Path) -> None:
    first = make_key(tmp_path)
    with pytest.raises(BadSealKey, match="There is a key already"):
        make_key(tmp_path)
    second = make_key(tmp_path, replace=True)
    assert signing_key(tmp_path).fingerprint == second.fingerprint != first.fingerprint
    assert set(trusted_keys(tmp_path)) == {first.fingerprint, second.fingerprint}
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".pem", ".pub", ".pub"]


def test_no_key_is_said_with_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NoSealKey, match="There is no key to sign seals with in .* Make one: upheld audit key"):
        signing_key(tmp_path)
    assert trusted_keys(tmp_path) == {}


def test_a_file_that_holds_no_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / KEY_FILE
    path.write_text("no key")
    path.chmod(0o600)
    with pytest.raises(BadSealKey, match="holds no key"):
        signing_key(tmp_path)
    with pytest.raises(BadSealKey, match="holds no public key"):
        public_keys([path])
    with pytest.raises(BadSealKey, match="cannot be read: No such file"):
        public_keys([tmp_path / "nothing.pub"])


def test_a_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    other = generate_private_key(SECP256R1())
    path, public = tmp_path / KEY_FILE, tmp_path / "other.pub"
    path.write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    path.chmod(0o600)
    public.write_bytes(other.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    with pytest.raises(BadSealKey, match="a key of another kind"):
        signing_key(tmp_path)
    with pytest.raises(BadSealKey, match="a key of another kind"):
        public_keys([public])
