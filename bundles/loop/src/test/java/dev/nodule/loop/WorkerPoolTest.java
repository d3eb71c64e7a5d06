package dev.nodule.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The size of the pool, and that it is kept. */
class WorkerPoolTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "null, 4",
        "'', 4",
        "' 12 ', 12",
        "1, 1",
        "0, 1",
        "-3, 1",
        "2000, 1024",
        "many, 1",
      })
  void theSizeComesFromTheEnvironment(String setting, int size) {
    assertEquals(size, WorkerPool.sizeFrom(setting));
  }

  @Test
  void noMoreTasksRunAtOnceThanThereAreThreads() throws InterruptedException {
    WorkerPool pool = new WorkerPool(2);
    CountDownLatch running = new CountDownLatch(2);
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(3);
    AtomicBoolean third = new AtomicBoolean();
    AtomicBoolean daemons = new AtomicBoolean(true);
    for (int i = 0; i < 2; i++) {
      pool.execute(
          () -> {
            daemons.compareAndSet(true, Thread.currentThread().isDaemon());
            running.countDown();
            try {
              release.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            done.countDown();
          });
    }
    assertTrue(running.await(10, TimeUnit.SECONDS));
    pool.execute(
        () -> {
          third.set(true);
          done.countDown();
        });
    Thread.sleep(20);
    assertFalse(third.get());
    release.countDown();
    assertTrue(done.await(10, TimeUnit.SECONDS));
    assertTrue(daemons.get(), "the pool does not hold the process");
  }
}
