using CloudLb.Core.Traffic.Counters;
using CloudLb.Operator.Control;
using CloudLb.Operator.Metrics;
using CloudLb.Operator.Monitoring;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CloudLb.Operator;

/// <summary>Has a server answer operators.</summary>
public static class OperatorApplicationBuilderExtensions
{
    /// <summary>
    /// Answers the control socket's connections and what monitoring asks for, before whatever is mapped later, and makes the rooms'
    /// instruments.
    /// </summary>
    public static void MapOperator(this IApplicationBuilder application, MetricsOptions options)
    {
        _ = application.ApplicationServices.GetServices<IInstruments>().ToList();
        application.MapWhen(context => context.Features.Get<ControlConnection>() is not null, ControlEndpoints.Map);
        MonitoringEndpoints.Map(application, options);
    }
}
