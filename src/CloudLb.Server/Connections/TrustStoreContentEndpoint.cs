using CloudLb.ElbV2.TrustLinks;

namespace CloudLb.Server.Connections;

/// <summary>Answers what GetTrustStoreCaCertificatesBundle and GetTrustStoreRevocationContent refer to.</summary>
internal static class TrustStoreContentEndpoint
{
    public static void Map(WebApplication application) => application.MapWhen(
        context => context.Request.Path.Value == TrustStoreLinks.Path && HttpMethods.IsGet(context.Request.Method),
        content => content.Run(AnswerAsync));

    private static async Task AnswerAsync(HttpContext context)
    {
        var links = context.RequestServices.GetRequiredService<TrustStoreLinks>();
        var text = links.Read(name => context.Request.Query[name]);
        context.Response.StatusCode = text is null ? StatusCodes.Status403Forbidden : StatusCodes.Status200OK;
        context.Response.ContentType = "text/plain; charset=us-ascii";
        context.Response.Headers["X-Content-Type-Options"] = "nosniff";
        await context.Response.WriteAsync(text ?? "The address is not valid any more.\n", context.RequestAborted);
    }
}
