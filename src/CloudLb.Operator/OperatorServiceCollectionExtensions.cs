using CloudLb.Core.Traffic.Counters;
using CloudLb.Operator.Control;
using CloudLb.Operator.Metrics;
using CloudLb.Operator.Monitoring;
using CloudLb.Operator.Status;
using Microsoft.Extensions.DependencyInjection;

namespace CloudLb.Operator;

/// <summary>Puts what an operator sees into a server.</summary>
public static class OperatorServiceCollectionExtensions
{
    /// <summary>
    /// The questions of the control socket that any server answers, and what monitoring asks for. Others are added as
    /// <see cref="IControlQuestion"/>.
    /// </summary>
    public static IServiceCollection AddOperator(this IServiceCollection services, OperatorOptions options, MetricsOptions metrics)
    {
        if (metrics.OtlpEndpoint is { Length: > 0 })
        {
            OtlpExport.AddTo(services, metrics);
        }

        return services.AddOperator(options);
    }

    private static IServiceCollection AddOperator(this IServiceCollection services, OperatorOptions options) => services
        .AddSingleton(options)
        .AddSingleton<StatusReport>()
        .AddSingleton<DatagramReport>()
        .AddSingleton<InstanceReport>()
        .AddSingleton<RequestReport>()
        .AddSingleton<TrafficReport>()
        .AddSingleton<IControlQuestion, LoadBalancersQuestion>()
        .AddSingleton<IControlQuestion, ExplanationQuestion>()
        .AddSingleton<IControlQuestion, RequestQuestion>()
        .AddSingleton<IControlQuestion, WatchQuestion>()
        .AddSingleton<IControlQuestion, AcceptanceQuestion>()
        .AddSingleton<IControlQuestion, TemplatesQuestion>()
        .AddSingleton<IControlQuestion, TemplateApplication>()
        .AddSingleton<IControlQuestion, TemplateChangesQuestion>()
        .AddSingleton<IInstruments, ServingInstruments>()
        .AddSingleton<MeterTotals>()
        .AddSingleton<MetricsReport>()
        .AddSingleton<ServerCondition>();
}
