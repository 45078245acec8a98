// The forward declarations are missing from Ollama's Go module archive; the whole header declares the same names.
#pragma once

#include <nlohmann/json.hpp>
