using CloudLb.Core.Traffic.Planning;

namespace CloudLb.ElbV2.Planning;

/// <summary>
/// What load balancers answer by themselves: AWS's pages, whose lines end in CR LF (captures). A network load balancer answers nothing by
/// itself.
/// </summary>
internal static class ApplicationAnswers
{
    public static readonly PlannedAnswers All = new(
        "alb",
        [
            Page(301, "Moved Permanently"),
            Page(302, "Found"),
            Page(400, "Bad Request"),
            Page(401, "Authorization Required"),
            Page(403, "Forbidden"),
            Page(405, "Not Allowed"),
            Page(408, "Request Time-out"),
            Page(500, "Internal Server Error"),
            Page(501, "Not Implemented"),
            Page(502, "Bad Gateway"),
            Page(503, "Service Temporarily Unavailable"),
            Page(504, "Gateway Time-out"),
        ],
        "awselb/2.0",
        BreaksAre502: true);

    private static PlannedAnswer Page(int status, string reason) => new(
        status, reason, "text/html",
        $"<html>\r\n<head><title>{status} {reason}</title></head>\r\n<body>\r\n<center><h1>{status} {reason}</h1></center>\r\n" +
        "</body>\r\n</html>\r\n");
}
