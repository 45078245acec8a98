// Stands in for the miniaudio header that a Go module archive of Ollama lacks: Docwright sends no audio, so decoding always fails here,
// and Ollama answers an audio attachment with its own "unable to read" error.
#pragma once

#include <cstddef>
#include <cstdint>

using ma_uint64 = std::uint64_t;

enum ma_format { ma_format_f32 };
enum ma_result { MA_SUCCESS = 0, MA_NOT_IMPLEMENTED = -29 };

struct ma_decoder_config {};
struct ma_decoder {};

inline ma_decoder_config ma_decoder_config_init(ma_format, std::uint32_t /*channels*/, std::uint32_t /*sampleRate*/) {
    return {};
}

inline ma_result ma_decoder_init_memory(const void *, std::size_t, const ma_decoder_config *, ma_decoder *) {
    return MA_NOT_IMPLEMENTED;
}

inline ma_result ma_decoder_get_length_in_pcm_frames(ma_decoder *, ma_uint64 *) {
    return MA_NOT_IMPLEMENTED;
}

inline ma_result ma_decoder_read_pcm_frames(ma_decoder *, void *, ma_uint64, ma_uint64 *) {
    return MA_NOT_IMPLEMENTED;
}

inline ma_result ma_decoder_uninit(ma_decoder *) {
    return MA_SUCCESS;
}
