package dev.nodule.core.http2;

/** The limits of a session. */
record SessionOptions(
    boolean server,
    long peerMaxConcurrentStreams,
    int maxHeaderListPairs,
    int maxOutstandingSettings,
    int maxOutstandingPings,
    long maxSendHeaderBlockLength,
    int paddingStrategy,
    int maxSettings,
    long maxSessionMemory,
    int maxInvalidFrames,
    int maxRejectedStreams,
    int maxReservedRemoteStreams,
    int streamResetBurst,
    int streamResetRate) {}
