using System.Security.Cryptography;
using System.Text;
using CloudLb.Core;
using CloudLb.Server.Settings;

namespace CloudLb.Server.Ephemeral;

/// <summary>
/// The reset on the API's port, for whoever has no shell where the server runs. A page in a browser cannot ask for it: a request from
/// elsewhere with a header of its own is first asked for by OPTIONS, which is refused here, and whatever names an origin is refused too, so
/// that a name which leads to another address today than yesterday is no way in. Who knows the secret may remove everything by the API as
/// well.
/// </summary>
internal static class ResetEndpoint
{
    public const string Path = "/_cloudlb/reset";

    /// <summary>The header that holds the secret access key.</summary>
    public const string SecretHeader = "X-CloudLb-Secret";

    /// <summary>Of an ephemeral server alone: elsewhere the path is answered as any other that is not there.</summary>
    public static void Map(WebApplication application, CloudLbSettings settings)
    {
        if (settings.Server.Ephemeral)
        {
            application.MapWhen(
                context => context.Request.Path.Value == Path,
                reset => reset.Run(context => AnswerAsync(context, settings.Server)));
        }
    }

    private static async Task AnswerAsync(HttpContext context, ServerOptions options)
    {
        var (status, text) = Refusal(context.Request, options) ?? await ResetAsync(context);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        if (status == StatusCodes.Status405MethodNotAllowed)
        {
            context.Response.Headers.Allow = HttpMethods.Post;
        }

        await context.Response.WriteAsync($"{text}\n", context.RequestAborted);
    }

    private static (int Status, string Text)? Refusal(HttpRequest request, ServerOptions options) => request switch
    {
        _ when !HttpMethods.IsPost(request.Method) => (StatusCodes.Status405MethodNotAllowed, "A reset is asked for by POST."),
        _ when request.Headers.ContainsKey("Origin") => (StatusCodes.Status403Forbidden, "A reset is not for web pages."),
        _ when !IsSecret(request.Headers[SecretHeader].ToString(), options.SecretAccessKey!) =>
            (StatusCodes.Status403Forbidden, $"The header {SecretHeader} must hold the secret access key."),
        _ => null,
    };

    /// <summary>Takes as long for any text.</summary>
    private static bool IsSecret(string given, string secret) => CryptographicOperations.FixedTimeEquals(Hash(given), Hash(secret));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static async Task<(int Status, string Text)> ResetAsync(HttpContext context)
    {
        try
        {
            var fault = await context.RequestServices.GetRequiredService<Reset>().ExecuteAsync(context.RequestAborted);
            return fault is null ? (StatusCodes.Status200OK, "OK") : (StatusCodes.Status503ServiceUnavailable, fault);
        }
        catch (ServiceException exception)
        {
            return (StatusCodes.Status503ServiceUnavailable, exception.Message);
        }
    }
}
