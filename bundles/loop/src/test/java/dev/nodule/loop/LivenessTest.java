package dev.nodule.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nodule.api.Check;
import dev.nodule.api.Handle;
import dev.nodule.api.Timer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What keeps a loop alive. */
@Timeout(120)
class LivenessTest {
  private final NodeEventLoop loop = new NodeEventLoop(Runnable::run);
  private int runs;

  @Test
  void anEmptyLoopEndsAtOnce() {
    assertFalse(loop.isAlive());
    loop.run();
    assertEquals(List.of(), loop.activeResources());
  }

  @Test
  void aHandleCountsWhileItIsActiveAndReferenced() {
    Handle handle = loop.open("TCPServerWrap");
    assertTrue(loop.isAlive());
    handle.unref();
    assertFalse(loop.isAlive());
    assertFalse(handle.hasRef());
    handle.setActive(false);
    handle.ref();
    assertFalse(loop.isAlive(), "referenced but not active");
    assertTrue(handle.hasRef());
    handle.setActive(true);
    assertTrue(loop.isAlive());
    handle.ref();
    handle.setActive(true);
    handle.unref();
    assertFalse(loop.isAlive(), "ref and unref do not count");
  }

  @Test
  void aClosedHandleStaysDead() {
    Handle handle = loop.open("PipeWrap");
    handle.close(() -> runs++);
    handle.close(() -> runs += 100);
    assertTrue(handle.isClosed());
    assertFalse(handle.hasRef());
    assertTrue(loop.isAlive(), "the callback is to come");
    handle.setActive(false);
    handle.setActive(true);
    handle.unref();
    handle.ref();
    loop.run();
    assertEquals(1, runs);
    assertFalse(loop.isAlive());
  }

  @Test
  void closingAnUnreferencedHandleStillCallsBack() {
    Handle handle = loop.open("PipeWrap");
    handle.unref();
    handle.close(() -> runs++);
    loop.run();
    assertEquals(1, runs);
  }

  @Test
  void anUnreferencedTimerDoesNotKeepTheLoop() {
    Timer timer = loop.newTimer(() -> runs++);
    timer.unref();
    timer.start(0);
    assertFalse(timer.hasRef());
    loop.run();
    assertEquals(0, runs);
    timer.ref();
    timer.ref();
    assertEquals(List.of("Timeout"), loop.activeResources());
    loop.run();
    assertEquals(1, runs);
    assertFalse(loop.isAlive());
  }

  @Test
  void referencesOfAStoppedTimerDoNotCount() {
    Timer timer = loop.newTimer(() -> runs++);
    timer.start(1000);
    timer.stop();
    timer.stop();
    timer.unref();
    timer.ref();
    assertFalse(loop.isAlive());
  }

  @Test
  void anUnreferencedImmediateRunsIfTheLoopGoesOn() {
    Check unreferenced = loop.setImmediate(() -> runs++);
    unreferenced.unref();
    unreferenced.unref();
    loop.run();
    assertEquals(0, runs);
    loop.setImmediate(() -> runs += 10);
    loop.run();
    assertEquals(11, runs);
    unreferenced.ref();
    assertFalse(loop.isAlive(), "it has run");
  }

  @Test
  void aCancelledImmediateDoesNotCount() {
    Check check = loop.setImmediate(() -> runs++);
    check.cancel();
    check.cancel();
    assertFalse(loop.isAlive());
    loop.run();
    assertEquals(0, runs);
  }

  @Test
  void stopEndsTheLoopAfterItsTurn() {
    loop.open("TCPServerWrap");
    loop.newTimer(
            () -> {
              runs++;
              loop.stop();
            })
        .start(0);
    loop.setImmediate(() -> runs++);
    loop.run();
    assertEquals(2, runs);
    assertTrue(loop.isAlive());
  }

  @Test
  void activeResourcesNameEachOne() {
    loop.open("TCPSocketWrap");
    loop.open("FSReqCallback");
    loop.open("TCPSocketWrap").unref();
    loop.newTimer(() -> runs++).start(1000);
    loop.setImmediate(() -> runs++);
    assertEquals(
        List.of("FSReqCallback", "TCPSocketWrap", "Timeout", "Immediate"), loop.activeResources());
  }

  @Test
  void theClockStandsStillDuringATurn() throws InterruptedException {
    loop.turn(false);
    long before = loop.now();
    Thread.sleep(5);
    assertEquals(before, loop.now());
    loop.turn(false);
    assertTrue(loop.now() >= before + 5);
  }
}
