"""Before anything was measured no term but reading and layers counts."""

from fit.calibration.start import START
from fit.observation import predicted_tokens_s
from tests.fit.observations import GB, observation, work


def test_every_share_and_factor_is_one_before_it_is_measured() -> None:
    plain = predicted_tokens_s(observation(work=work(4 * GB)), START)
    assert plain == 1000 / (4 / 0.7 + 32 * 0.05)
    for mix in ("F16 and Q8_0", "MXFP4"):
        assert predicted_tokens_s(observation(work=work(4 * GB, mix=mix)), START) == plain
    for changes in ({"is_old_build": True}, {"runtime": "ollama"}, {"cards": 4}):
        assert predicted_tokens_s(observation(**changes), START) == plain
    assert predicted_tokens_s(observation(work=work(3 * GB, cache_bytes=GB)), START) == plain
