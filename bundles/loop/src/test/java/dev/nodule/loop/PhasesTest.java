package dev.nodule.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nodule.api.Check;
import dev.nodule.api.Handle;
import dev.nodule.api.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The order of a turn: timers, poll, check, close. */
@Timeout(120)
class PhasesTest {
  private final NodeEventLoop loop = new NodeEventLoop(Runnable::run);
  private final List<String> order = new ArrayList<>();

  private void timer(String name, long delay) {
    loop.newTimer(() -> order.add(name)).start(delay);
  }

  @Test
  void aTurnHasItsPhasesInOrder() {
    Handle handle = loop.open("TCPSocketWrap");
    handle.close(() -> order.add("close"));
    loop.setImmediate(() -> order.add("check"));
    loop.execute(() -> order.add("task"));
    timer("timer", 0);
    loop.turn(false);
    assertEquals(List.of("timer", "task", "check", "close"), order);
  }

  @Test
  void timersRunByTimeAndThenByStart() throws InterruptedException {
    timer("c", 9);
    timer("a", 3);
    timer("b", 5);
    Thread.sleep(30);
    loop.turn(false);
    assertEquals(List.of("a", "b", "c"), order);
  }

  @Test
  void timersOfOneTimeRunInTheOrderOfTheirStart() {
    for (int i = 0; i < 100; i++) {
      timer(String.valueOf(i), 0);
    }
    loop.run();
    assertEquals(100, order.size());
    for (int i = 0; i < 100; i++) {
      assertEquals(String.valueOf(i), order.get(i));
    }
  }

  @Test
  void aTimerThatATimerStartsWaitsForTheNextTurn() {
    loop.newTimer(
            () -> {
              order.add("outer");
              timer("inner", 0);
            })
        .start(0);
    loop.setImmediate(() -> order.add("check"));
    loop.run();
    assertEquals(List.of("outer", "check", "inner"), order);
  }

  @Test
  void anImmediateThatAnImmediateAddsWaitsForTheNextTurn() {
    loop.setImmediate(
        () -> {
          order.add("first");
          loop.setImmediate(() -> order.add("third"));
        });
    loop.setImmediate(() -> order.add("second"));
    loop.turn(false);
    assertEquals(List.of("first", "second"), order);
    loop.run();
    assertEquals(List.of("first", "second", "third"), order);
  }

  @Test
  void anImmediateCanCancelALaterOne() {
    Check[] later = new Check[1];
    loop.setImmediate(() -> later[0].cancel());
    later[0] = loop.setImmediate(() -> order.add("cancelled"));
    loop.setImmediate(() -> order.add("kept"));
    loop.run();
    assertEquals(List.of("kept"), order);
  }

  @Test
  void aStoppedTimerDoesNotFireAndARestartedOneFiresOnce() {
    Timer stopped = loop.newTimer(() -> order.add("stopped"));
    Timer restarted = loop.newTimer(() -> order.add("restarted"));
    stopped.start(0);
    restarted.start(0);
    restarted.start(2);
    stopped.stop();
    assertFalse(stopped.isRunning());
    assertTrue(restarted.isRunning());
    loop.run();
    assertEquals(List.of("restarted"), order);
    assertFalse(restarted.isRunning());
  }

  @Test
  void aTimerCanStopAnotherThatIsDue() {
    Timer second = loop.newTimer(() -> order.add("second"));
    Timer first = loop.newTimer(second::stop);
    first.start(0);
    second.start(0);
    loop.run();
    assertEquals(List.of(), order);
  }

  @Test
  void aTimerNeverFiresEarly() {
    long start = System.nanoTime();
    long[] fired = new long[1];
    loop.newTimer(() -> fired[0] = System.nanoTime()).start(20);
    loop.run();
    assertTrue(
        fired[0] - start >= Duration.ofMillis(19).toNanos(), () -> (fired[0] - start) + " ns");
  }

  @Test
  void manyRestartsLeaveNothingBehind() {
    Timer timer = loop.newTimer(() -> order.add("fired"));
    for (int i = 0; i < 5000; i++) {
      timer.start(1000);
    }
    timer.start(0);
    loop.run();
    assertEquals(List.of("fired"), order);
    assertFalse(loop.isAlive());
  }

  @Test
  void whatOtherThreadsQueueRunsOnTheLoop() throws InterruptedException {
    Handle request = loop.open("FSReqCallback");
    CountDownLatch queued = new CountDownLatch(1);
    Thread other =
        Thread.ofPlatform()
            .start(
                () -> {
                  order.add(String.valueOf(loop.inLoop()));
                  loop.execute(
                      () -> {
                        order.add(String.valueOf(loop.inLoop()));
                        request.setActive(false);
                      });
                  queued.countDown();
                });
    queued.await();
    loop.run();
    other.join();
    assertEquals(List.of("false", "true"), order);
  }

  @Test
  void aWaitingLoopIsWokenByATask() {
    Handle request = loop.open("FSReqCallback");
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                Thread.sleep(30);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              loop.execute(() -> request.close(() -> order.add("closed")));
            });
    loop.run();
    assertEquals(List.of("closed"), order);
    assertTrue(loop.idleNanos() > 0);
  }
}
