package dev.nodule.engine;

import com.oracle.truffle.runtime.jfr.EventFactory;
import com.oracle.truffle.runtime.jfr.impl.ProviderImpl;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Truffle's events for Java Flight Recorder, where a recording was started with the process. To
 * have them Truffle starts the recorder, at every start and whether or not anybody records, and
 * that costs as much time as evaluating a small program.
 *
 * <p>Found by Truffle as a service; ours comes first on the class path.
 */
public final class FlightRecordingOnDemand implements EventFactory.Provider {
  @Override
  public @Nullable EventFactory getEventFactory() {
    return FlightRecorder.isInitialized() ? new ProviderImpl().getEventFactory() : null;
  }
}
