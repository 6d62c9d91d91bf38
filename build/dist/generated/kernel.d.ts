export declare const KERNEL_FULL: string;
