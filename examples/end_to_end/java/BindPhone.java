import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Binds a phone on the offline GenAuth: genauth-mock exec -- java BindPhone.java (Java 17 or newer, no packages). */
public class BindPhone {
    private static final String HOST = System.getenv("GENAUTH_APP_HOST");
    private static final String APP_ID = System.getenv("GENAUTH_APP_ID");
    private static final String TOKEN = System.getenv("GENAUTH_ACCESS_TOKEN");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public static void main(String[] args) throws Exception {
        post("/api/v3/send-sms", "{\"channel\": \"CHANNEL_BIND_PHONE\", \"phoneNumber\": \"18812348888\"}");
        String code = passCode("18812348888");
        post("/api/v3/bind-phone", "{\"phoneNumber\": \"18812348888\", \"passCode\": \"" + code + "\"}");
        System.out.println("bound");
    }

    /** Waits up to five seconds for a code to be sent to a number, and returns the newest one. */
    static String passCode(String phoneNumber) throws Exception {
        String messages = send(request("/_mock/messages?wait=5&phoneNumber=" + phoneNumber).GET().build());
        Matcher found = Pattern.compile("\"passCode\": ?\"(\\d+)\"").matcher(messages);
        if (!found.find()) throw new IllegalStateException("no code was sent: " + messages);
        return found.group(1);
    }

    /** Calls GenAuth's API. It refuses with HTTP 200: statusCode in the body says what happened. */
    static void post(String path, String json) throws Exception {
        String answer = send(request(path).POST(HttpRequest.BodyPublishers.ofString(json)).build());
        if (!answer.matches("(?s).*\"statusCode\": ?200\\b.*")) throw new IllegalStateException(path + ": " + answer);
    }

    static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(HOST + path))
                .header("content-type", "application/json")
                .header("x-genauth-app-id", APP_ID)
                .header("authorization", TOKEN);
    }

    static String send(HttpRequest request) throws Exception {
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
