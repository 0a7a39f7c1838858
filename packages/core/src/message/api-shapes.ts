import type { JsonNode } from '../json/json-node.ts'
import { checkChatRequest } from './check-chat-request.ts'
import { checkCompletionsRequest, checkEmbeddingsRequest } from './check-input-request.ts'
import { checkResponsesRequest } from './check-responses-request.ts'
import { extractAnswer } from './extract-answer.ts'
import { extractEmbeddings } from './extract-embeddings.ts'
import { extractRequest } from './extract-request.ts'
import { extractResponse } from './extract-response.ts'
import type { ApiShape } from './segment.ts'
import type { Visit } from './walk.ts'

/** How the bodies of one API are read. */
interface ShapeReaders {
  /** Throws `BodyShapeError` for a request that the API does not take. */
  readonly checkRequest: (root: JsonNode) => void
  readonly readRequest: Visit
  /** A plain answer, or one event of a streamed one: which of the two it is stands in it. */
  readonly readAnswer: Visit
  /** False for an API whose answers are no text: policies have nothing to look at in them. */
  readonly answersInText: boolean
  readonly streams: boolean
  /** True for an API whose requests offer tools and whose answers call them. */
  readonly hasTools: boolean
}

/** The fixed table from API to readers (design §5 "Extract"): no body chooses its reader by what it holds. */
export const apiShapes: Readonly<Record<ApiShape, ShapeReaders>> = {
  'chat.completions': {
    checkRequest: checkChatRequest,
    readRequest: extractRequest,
    readAnswer: extractAnswer,
    answersInText: true,
    streams: true,
    hasTools: true,
  },
  completions: {
    checkRequest: checkCompletionsRequest,
    readRequest: extractRequest,
    readAnswer: extractAnswer,
    answersInText: true,
    streams: true,
    hasTools: false,
  },
  embeddings: {
    checkRequest: checkEmbeddingsRequest,
    readRequest: extractRequest,
    readAnswer: extractEmbeddings,
    answersInText: false,
    streams: false,
    hasTools: false,
  },
  responses: {
    checkRequest: checkResponsesRequest,
    readRequest: extractRequest,
    readAnswer: extractResponse,
    answersInText: true,
    streams: true,
    hasTools: true,
  },
}
