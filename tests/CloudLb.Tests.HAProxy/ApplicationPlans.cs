using CloudLb.Core;
using CloudLb.Core.Traffic.Planning;

namespace CloudLb.Tests.HAProxy;

/// <summary>Plans of load balancers whose style is that of application load balancers.</summary>
internal static class ApplicationPlans
{
    public static readonly PlannedAnswers Answers = new(
        "alb",
        [
            new(301, "Moved Permanently", "text/html", "<html>301</html>"),
            new(502, "Bad Gateway", "text/html", "<html>502</html>"),
            new(503, "Service Temporarily Unavailable", "text/html", "<html>503</html>"),
        ],
        "awselb/2.0",
        BreaksAre502: true);

    public static PlannedLoadBalancer LoadBalancer(string name, params PlannedMember[] members)
    {
        var plain = Plans.LoadBalancer(name, members);
        return plain with { Id = plain.Id with { Kind = "alb" }, Answers = Answers, Listeners = [Listener()] };
    }

    public static PlannedListener Listener(int port = Plans.Port)
    {
        var listener = Plans.Listener(port);
        return listener with { Http = listener.Http! with { IsTraced = true } };
    }

    /// <summary>With other settings of every listener's HTTP.</summary>
    public static PlannedLoadBalancer With(this PlannedLoadBalancer loadBalancer, Func<PlannedHttp, PlannedHttp> change) =>
        loadBalancer with
        {
            Listeners = loadBalancer.Listeners.Select(listener => listener with { Http = change(listener.Http!) }).ToEquatableArray(),
        };
}
