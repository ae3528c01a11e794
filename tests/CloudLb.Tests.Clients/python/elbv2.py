"""Makes a load balancer with a listener, a target group and its targets, tells their ARNs, and removes them again."""
import json
import os
import sys

import boto3

elbv2, ec2 = (boto3.client(service, endpoint_url=os.environ["AWS_ENDPOINT_URL"]) for service in ("elbv2", "ec2"))


def create(name, kind, protocol, listen, port, *targets):
    subnets = ec2.describe_subnets()["Subnets"]
    vpc = subnets[0]["VpcId"]
    zones = {subnet["AvailabilityZone"]: subnet["SubnetId"] for subnet in subnets if subnet["VpcId"] == vpc}
    load_balancer = elbv2.create_load_balancer(Name=name, Type=kind, Subnets=sorted(zones.values())[:2])["LoadBalancers"][0]
    elbv2.get_waiter("load_balancer_available").wait(Names=[name])
    group = elbv2.create_target_group(
        Name=name, Protocol=protocol, Port=int(port), TargetType="ip", VpcId=vpc, HealthCheckProtocol="HTTP", HealthCheckPath="/health",
        HealthCheckIntervalSeconds=5, HealthCheckTimeoutSeconds=2, HealthyThresholdCount=2, Matcher={"HttpCode": "200"},
    )["TargetGroups"][0]["TargetGroupArn"]
    elbv2.register_targets(TargetGroupArn=group, Targets=[{"Id": target} for target in targets])
    elbv2.create_listener(
        LoadBalancerArn=load_balancer["LoadBalancerArn"], Protocol=protocol, Port=int(listen),
        DefaultActions=[{"Type": "forward", "TargetGroupArn": group}])
    print(json.dumps([load_balancer["LoadBalancerArn"], group]))


def chain(name, target, listen, port):
    web = elbv2.describe_load_balancers(LoadBalancerArns=[target])["LoadBalancers"][0]
    net = elbv2.create_load_balancer(
        Name=name, Type="network", Subnets=[web["AvailabilityZones"][0]["SubnetId"]])["LoadBalancers"][0]["LoadBalancerArn"]
    group = elbv2.create_target_group(
        Name=name, Protocol="TCP", Port=int(port), TargetType="alb", VpcId=web["VpcId"], HealthCheckPath="/health",
        HealthCheckIntervalSeconds=5, HealthCheckTimeoutSeconds=2)["TargetGroups"][0]["TargetGroupArn"]
    elbv2.register_targets(TargetGroupArn=group, Targets=[{"Id": target}])
    elbv2.create_listener(
        LoadBalancerArn=net, Protocol="TCP", Port=int(listen), DefaultActions=[{"Type": "forward", "TargetGroupArn": group}])
    elbv2.get_waiter("target_in_service").wait(TargetGroupArn=group)
    print(json.dumps([net, group]))


def set_attributes(group, *pairs):
    attributes = [dict(zip(("Key", "Value"), pair.split("="))) for pair in pairs]
    shown = elbv2.modify_target_group_attributes(TargetGroupArn=group, Attributes=attributes)["Attributes"]
    assert all(attribute in shown for attribute in attributes), shown


def deregister(group, target):
    elbv2.deregister_targets(TargetGroupArn=group, Targets=[{"Id": target}])


def delete(load_balancer, group):
    elbv2.delete_load_balancer(LoadBalancerArn=load_balancer)
    elbv2.get_waiter("load_balancers_deleted").wait(LoadBalancerArns=[load_balancer])
    elbv2.delete_target_group(TargetGroupArn=group)


{"create": create, "chain": chain, "set-attributes": set_attributes, "deregister": deregister, "delete": delete}[sys.argv[1]](*sys.argv[2:])
