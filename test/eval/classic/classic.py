"""The classic pipeline, as the tutorials build it: LlamaIndex with its defaults on the PDF, Qdrant in local mode, one embedding model.

classic.py PDF MODEL_FOLDER RUN.jsonl QUESTIONS.jsonl ...   writes one line a question, `{"id", "results": [{"text"}]}`, best first.

The model is the one that Docwright carries (MiniLM-L6-v2, int8, mean pooling), run by native ONNX Runtime.
"""
import json
import sys
from typing import Any, List

import numpy as np
import onnxruntime
import qdrant_client
from llama_index.core import SimpleDirectoryReader, StorageContext, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.node_parser import SentenceSplitter
from llama_index.vector_stores.qdrant import QdrantVectorStore
from pydantic import PrivateAttr
from tokenizers import Tokenizer

LONGEST = 512  # tokens that the model was built for


class MiniLm(BaseEmbedding):
    _session: Any = PrivateAttr()
    _tokenizer: Any = PrivateAttr()

    def __init__(self, folder: str) -> None:
        super().__init__(model_name="all-minilm-l6-v2-q8", embed_batch_size=1)
        self._session = onnxruntime.InferenceSession(f"{folder}/model.onnx")
        self._tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)

    def _embed(self, text: str) -> List[float]:
        ids = self._tokenizer.encode(text).ids
        inputs = {
            "input_ids": np.array([ids], dtype=np.int64),
            "attention_mask": np.ones((1, len(ids)), dtype=np.int64),
            "token_type_ids": np.zeros((1, len(ids)), dtype=np.int64),
        }
        states = self._session.run(["last_hidden_state"], inputs)[0][0]
        vector = states.mean(axis=0)
        return (vector / np.linalg.norm(vector)).tolist()

    def _get_text_embedding(self, text: str) -> List[float]:
        return self._embed(text)

    def _get_query_embedding(self, query: str) -> List[float]:
        return self._embed(query)

    async def _aget_query_embedding(self, query: str) -> List[float]:
        return self._embed(query)


def main() -> None:
    pdf, model_folder, out, *question_files = sys.argv[1:]
    model = MiniLm(model_folder)
    documents = SimpleDirectoryReader(input_files=[pdf]).load_data()
    store = QdrantVectorStore(client=qdrant_client.QdrantClient(":memory:"), collection_name="guide")
    index = VectorStoreIndex.from_documents(
        documents,
        storage_context=StorageContext.from_defaults(vector_store=store),
        embed_model=model,
        transformations=[SentenceSplitter()],
    )
    retriever = index.as_retriever(similarity_top_k=10)
    with open(out, "w", encoding="utf-8") as run:
        for file in question_files:
            for line in open(file, encoding="utf-8"):
                if not line.strip():
                    continue
                question = json.loads(line)
                asked = question["question"] + ("\n" + question["selection"] if question.get("selection") else "")
                nodes = retriever.retrieve(asked)
                results = [{"text": node.node.get_content()} for node in nodes]
                run.write(json.dumps({"id": question["id"], "results": results}) + "\n")


main()
