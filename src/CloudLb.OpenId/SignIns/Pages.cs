using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CloudLb.OpenId.SignIns;

/// <summary>What clients are shown that are not signed in: AWS's pages, whose lines end in CR LF.</summary>
internal static class Pages
{
    public const string Server = "awselb/2.0";

    /// <summary>Tells the data plane the reason, which keeps it for the access log.</summary>
    private const string ReasonHeader = "x-cloudlb-reason";

    public static Task AnswerAsync(HttpContext context, int status, string reason)
    {
        var phrase = status switch
        {
            StatusCodes.Status401Unauthorized => "Authorization Required",
            StatusCodes.Status500InternalServerError => "Internal Server Error",
            StatusCodes.Status503ServiceUnavailable => "Service Temporarily Unavailable",
            _ => "Unauthorized",
        };
        context.Response.StatusCode = status;
        context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = phrase;
        context.Response.Headers[ReasonHeader] = reason;
        context.Response.ContentType = "text/html";
        var page = $"<html>\r\n<head><title>{status} {phrase}</title></head>\r\n<body>\r\n<center><h1>{status} {phrase}</h1></center>\r\n" +
            "</body>\r\n</html>\r\n";
        context.Response.ContentLength = page.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(page, context.RequestAborted);
    }
}
