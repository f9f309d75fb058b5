package io.exonward.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Chromium without a window, at the console of an installation. */
final class Browser implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target/screenshots");

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String url;
  private final ChromeDriver driver;
  private final WebDriverWait patience;

  Browser(String url) {
    this.url = url;
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary("/usr/bin/chromium");
    options.setAcceptInsecureCerts(true);
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync");
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
                .build(),
            options);
    driver.manage().window().setSize(new Dimension(1440, 900));
    patience = new WebDriverWait(driver, PATIENCE);
  }

  void signIn(String name, String password) {
    driver.get(url + "/");
    shown(By.name("name")).sendKeys(name);
    driver.findElement(By.name("password")).sendKeys(password);
    click("button[type=submit]");
    shown(By.cssSelector("nav"));
  }

  /** Goes to a page of the console, such as {@code #/alerts}. */
  void open(String hash) {
    driver.get(url + "/" + hash);
  }

  /** The first visible element, as soon as there is one. */
  WebElement shown(By by) {
    return patience.until(ExpectedConditions.visibilityOfElementLocated(by));
  }

  /** Waits until the page shows the text. */
  void showsText(String text) {
    new WebDriverWait(driver, PATIENCE)
        .withMessage(() -> "page with \"" + text + "\", instead of: " + text())
        .until(d -> d.findElement(By.tagName("body")).getText().contains(text));
  }

  String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  void click(String css) {
    patience.until(ExpectedConditions.elementToBeClickable(By.cssSelector(css))).click();
  }

  void clickButton(String startOfLabel) {
    By by = By.xpath("//button[starts-with(normalize-space(.), '" + startOfLabel + "')]");
    patience.until(ExpectedConditions.elementToBeClickable(by)).click();
  }

  /** What the page threw or the Content-Security-Policy refused. */
  List<LogEntry> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .toList();
  }

  String title() {
    return Objects.requireNonNull(driver.getTitle());
  }

  /** Keeps a picture in {@code target/screenshots}. */
  void screenshot(String name) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
