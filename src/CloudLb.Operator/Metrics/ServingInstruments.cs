using System.Diagnostics.Metrics;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.Core.Traffic.Counters;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Reconciliation;
using CloudLb.Core.Traffic.Told;

namespace CloudLb.Operator.Metrics;

/// <summary>What is stored, and what of it is not served, read when somebody asks.</summary>
internal sealed class ServingInstruments : IInstruments
{
    public ServingInstruments(
        IMeterFactory meters, IEnumerable<IToldLoadBalancers> apis, IResourceStore store, IDataPlane dataPlane, IHealthSource health,
        Reconciler reconciler)
    {
        var meter = meters.Create("CloudLb.Operator");
        meter.CreateObservableGauge("cloudlb.load_balancers", () => (long)apis.Sum(api => api.Count), description: "Load balancers that " +
            "are stored.");
        meter.CreateObservableGauge(
            "cloudlb.server_certificates", () => (long)store.Current.Certificates.Count, description: "IAM server certificates that are " +
                "stored.");
        meter.CreateObservableGauge(
            "cloudlb.unserved_load_balancers",
            () => (long)dataPlane.Faults.Select(fault => fault.LoadBalancer).Distinct().Count(id => health.WhyNotServed(id) is not null),
            description: "Load balancers of which no listener is served.");
        meter.CreateObservableGauge(
            "cloudlb.plan_faults", () => (long)dataPlane.Faults.Count,
            description: "Listeners and load balancers that cannot be served; cloudlb describe says why.");
        meter.CreateObservableGauge(
            "cloudlb.reconciler.pass_failed", () => reconciler.LastFailure is null ? 0L : 1, description: "1 while the last reconcile " +
                "pass has failed.");
    }
}
