using CloudLb.OpenId.SignIns;

namespace CloudLb.Server.Connections;

/// <summary>Answers with the key that targets look at claims of clients by, in PEM, at the address of its id as AWS does.</summary>
internal static class PublicKeyEndpoint
{
    private const string Path = "/_cloudlb/public-keys/";

    public static void Map(WebApplication application) => application.MapWhen(
        context => context.Request.Path.Value!.StartsWith(Path, StringComparison.Ordinal) && HttpMethods.IsGet(context.Request.Method),
        key => key.Run(AnswerAsync));

    private static async Task AnswerAsync(HttpContext context)
    {
        var signer = context.RequestServices.GetRequiredService<ClaimSigner>();
        var isThere = context.Request.Path.Value == Path + signer.KeyId;
        context.Response.StatusCode = isThere ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
        context.Response.ContentType = "text/plain; charset=us-ascii";
        context.Response.Headers["X-Content-Type-Options"] = "nosniff";
        await context.Response.WriteAsync(isThere ? signer.PublicKeyPem : "There is no such key.\n", context.RequestAborted);
    }
}
